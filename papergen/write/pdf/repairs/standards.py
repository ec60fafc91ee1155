"""What the file says of itself.

Here this gap is closed: WeasyPrint follows PDF/A-2a or PDF/UA-1 in a file, never both (#2783).  It is asked for
PDF/A-2a; the colours, which are the same in both, are explained by the profile of the International Color Consortium
that comes with WeasyPrint and may be copied freely.
"""

from __future__ import annotations

from importlib import resources

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, String

_PROFILE = "sRGB2014.icc"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

# PDF/A knows no properties but its own unless the file explains them.
_PDF_UA = b"""
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Description rdf:about="" pdfuaid:part="1"/>
<rdf:Description rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
"""


def declare_standards(pdf: pikepdf.Pdf) -> None:
    """Say what the colours are, and that the file follows PDF/UA-1 too."""
    metadata = pdf.Root.Metadata
    packet = etree.fromstring(metadata.read_bytes())
    described = packet.find(f"{{{_RDF}}}RDF")
    if described is None:
        raise ValueError("the file has no metadata")
    described.extend(etree.fromstring(_PDF_UA))
    metadata.write(etree.tostring(packet.getroottree(), encoding="utf-8"))
    colours = pdf.make_stream(resources.files("weasyprint.pdf").joinpath(_PROFILE).read_bytes(), N=3)
    name = String(_PROFILE.removesuffix(".icc"))
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=name,
        Info=name,
        DestOutputProfile=colours,
    )
    pdf.Root.OutputIntents = Array([intent])


def number_pages(pdf: pikepdf.Pdf, first_page: int) -> None:
    """Number the pages as they are printed, for anyone who asks for one by its number."""
    if first_page != 1:
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=first_page)]))
