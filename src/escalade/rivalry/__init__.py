"""The years between crises: deliveries, repair, production."""
