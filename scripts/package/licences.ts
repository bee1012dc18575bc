import type { BundledPackage } from './bundled.ts'

const RULE = '='.repeat(80)

/** The licence texts of everything in the bundle, one package after the other. */
export function licences(packages: readonly BundledPackage[]): string {
  const parts = packages.map(
    one => `${RULE}\n${one.name} ${one.version} (${one.licence})\n${RULE}\n\n${text(one)}\n`,
  )
  return `The bundle of Waxseal holds code of these ${packages.length} packages.\n\n${parts.join('\n')}`
}

function text(one: BundledPackage): string {
  const notices = [...one.notices.values()].map(notice => notice.replaceAll('\r\n', '\n').trim())
  return notices.length > 0 ? notices.join('\n\n') : standardText(one)
}

/** For a package that states its licence and leaves the text out. */
function standardText({ name, licence, author }: BundledPackage): string {
  if (licence !== 'MIT')
    throw new Error(`${name} comes without the text of its licence (${licence}); add it to licences.ts.`)
  return `(The package holds no licence file; its package.json says MIT.)

Copyright (c) ${author ?? `the authors of ${name}`}

${MIT}`
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`
