"""What should not be repeated: keys, passwords, card and account numbers, other people's data."""

from bot.text.secrets.find import Secret, SecretKind, find_secrets, secrets

__all__ = ["Secret", "SecretKind", "find_secrets", "secrets"]
