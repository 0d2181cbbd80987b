"""The actions of referrals."""
