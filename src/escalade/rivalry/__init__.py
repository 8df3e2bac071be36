"""The years between crises: planned changes, arming, repair, production, countermeasures, shelter."""
