"""The queries of referrals."""
