import fc from 'fast-check'

/** Any UTF-16 at all, ASCII for the most part. To set up fast-check's own `binary` takes a second. */
export const anyText = fc.string({
  unit: fc.oneof(fc.nat(0x7f), fc.nat(0xffff)).map(code => String.fromCharCode(code)),
})
