"""The days by which papers are due: takes the day of a meeting and a panel's rules, and knows which days count."""
