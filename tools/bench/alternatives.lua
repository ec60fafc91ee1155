-- Alternative texts of pictures, which pandoc's writer of typst leaves out and the standards of the PDF ask for.
function Image(image)
  local words = pandoc.utils.stringify(image.caption)
  return pandoc.RawInline("typst", string.format("#image(%q, width: %s, alt: %q)", image.src, image.attributes.width, words))
end
