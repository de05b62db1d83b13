"""What several processes have in common without a database: hints for each other, and limits counted together."""
