"""What people read: sentences, tables, pictures, and the one-file report."""
