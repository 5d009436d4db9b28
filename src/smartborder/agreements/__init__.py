"""Floor 3: agreements as data: document -> compiled -> answer, field by field, deny by default."""
