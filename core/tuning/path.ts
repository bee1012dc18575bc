/** Where something is in the file: names and places in lists. */
export type Path = readonly (string | number)[]

/** `detections.bulk-mail-read.terms.reader-hour.atLeast`, `allow[0].until`. A name that is no plain word is quoted. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    const name = /^[\w$-]{1,60}$/.test(part) ? part : JSON.stringify(part.slice(0, 60).toWellFormed())
    return text === '' ? name : `${text}.${name}`
  }, '')
}
