"""The views of referrals."""
