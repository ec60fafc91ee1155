"""How the rules cite the Web Content Accessibility Guidelines."""


def wcag(*parts: str) -> str:
    """``"WCAG 2.2, success criterion 1.1.1 (Non-text Content); technique H37"``."""
    return f"WCAG 2.2, {'; '.join(parts)}"
