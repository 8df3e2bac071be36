"""What a user writes: schema, uncertain numbers, policies, variants, and loading with line numbers."""
