"""The ledger: a pure fold of what is known about posts into an exact balance."""
