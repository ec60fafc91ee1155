"""PDF files written by hand, object by object."""

from __future__ import annotations


def pdf(*objects: str, more: str = "") -> bytes:
    """A PDF of one empty page with further objects, the first of them number 4."""
    whole = [
        f"<< /Type /Catalog /Pages 2 0 R {more} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << >> >>",
        *objects,
    ]
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(whole, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n".encode()
    table = f"xref\n0 {len(whole) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in places)
    end = f"trailer << /Size {len(whole) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + (table + end).encode()
