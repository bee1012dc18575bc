/** What to do where a text stops being JSON, at `at`: a few words for each of the usual mistakes. */
export function unexpectedHint(source: string, at: number, close: string, line: number): string {
  if (at >= source.length) return `the file ends here, and the ${close} is missing for line ${line}`
  return commentHint(source, at) ?? `a comma or a ${close} is missing before this`
}

export function nameHint(source: string, at: number): string {
  if (at >= source.length) return 'the file ends here, in the middle of an object; a } is missing'
  if (source[at] === '"') return badString(source, at)
  return commentHint(source, at) ?? 'a name in double quotes is expected here'
}

export function valueHint(source: string, at: number): string {
  const here = source[at]
  if (here === undefined) return 'the file ends here, and a value is missing'
  if (here === '"') return badString(source, at)
  if (here === "'" || here === '‘' || here === '“')
    return 'a text is written in straight double quotes: "text"'
  if (/[-+.\d]/.test(here)) return 'this number is not written as JSON wants it: 5, 0.5, 1000'
  return (
    commentHint(source, at) ?? 'a value is expected here: a text in double quotes, a number, true or false'
  )
}

function badString(source: string, at: number): string {
  const backslash = /^"(?:[^"\\\r\n]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*\\/.exec(source.slice(at, at + 2_000))
  return backslash === null || /[\r\n]/.test(source[at + backslash[0].length] ?? '\n')
    ? 'this text has no closing double quote on its line'
    : 'a backslash in this text must be written twice: \\\\'
}

export function commentHint(source: string, at: number): string | undefined {
  return source[at] === '/' || source[at] === '#'
    ? 'JSON knows no comments; take it out, or write it as a "reason"'
    : undefined
}
