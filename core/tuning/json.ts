import { commentHint, nameHint, unexpectedHint, valueHint } from './json-hints.ts'
import { type Path, pathText } from './path.ts'

/** Deeper than any file of ours; what is nested a million times must not be the end of the process. */
const DEEPEST = 32
/** Names given twice that are told one by one. */
const MOST_REPEATS = 50

export interface Read {
  /** Absent where the text is not JSON. */
  readonly value?: unknown
  readonly problems: readonly string[]
}

/**
 * Reads JSON strictly, for people: what is wrong is told with line and column and what to do, and a name given twice,
 * of which `JSON.parse` silently keeps the last, is a mistake. So is `__proto__`, which an object cannot hold safely.
 */
export function readJson(text: string): Read {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  const repeats: string[] = []
  try {
    check(source, (path, name, at) => {
      const where = `${pathText([...path, name])} (line ${place(source, at).line})`
      if (repeats.length < MOST_REPEATS)
        repeats.push(
          name === '__proto__' ? `${where} is no setting.` : `${where} is given twice; keep one of them.`,
        )
    })
    return { value: JSON.parse(source), problems: repeats }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { line, column } = place(source, error.at)
    return { problems: [`is not JSON: line ${line}, column ${column}: ${error.message}.`, ...repeats] }
  }
}

/** Ends the check; never leaves this file. */
class Fault extends Error {
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

function place(source: string, at: number): { line: number; column: number } {
  const before = source.slice(0, at).split(/\r\n|\r|\n/)
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

const BLANK = /[ \t\r\n]*/y
const WORD = /(?:true|false|null)(?![\w$])/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y

type Told = (path: Path, name: string, at: number) => void

/** Throws `Fault` at the first place that is not JSON; tells of names given twice in one object. */
function check(source: string, tell: Told): void {
  let at = 0
  const path: (string | number)[] = []
  const skip = () => {
    BLANK.lastIndex = at
    BLANK.exec(source)
    at = BLANK.lastIndex
  }
  const take = (form: RegExp): string | undefined => {
    form.lastIndex = at
    const found = form.exec(source)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  const fault = (message: string): never => {
    throw new Fault(at, message)
  }

  const members = (close: '}' | ']', member: (index: number) => void) => {
    const opened = at
    if (path.length >= DEEPEST) fault(`nothing in this file is nested more than ${DEEPEST} deep`)
    at++
    skip()
    for (let index = 0; source[at] !== close; index++) {
      member(index)
      skip()
      if (source[at] === close) break
      if (source[at] !== ',') fault(unexpectedHint(source, at, close, place(source, opened).line))
      at++
      skip()
      if (source[at] === close) fault(`nothing follows the comma before this ${close}; take the comma out`)
    }
    at++
  }

  const value = () => {
    if (source[at] === '{') {
      const names = new Set<string>()
      members('}', () => {
        const start = at
        const name: string = JSON.parse(take(STRING) ?? fault(nameHint(source, at)))
        if (names.has(name) || name === '__proto__') tell(path, name, start)
        names.add(name)
        skip()
        if (source[at] !== ':') fault('a colon is missing behind the name')
        at++
        skip()
        path.push(name)
        value()
        path.pop()
      })
    } else if (source[at] === '[')
      members(']', index => {
        path.push(index)
        value()
        path.pop()
      })
    else if ((take(STRING) ?? take(NUMBER) ?? take(WORD)) === undefined) fault(valueHint(source, at))
  }

  skip()
  if (at === source.length) fault('the file is empty; write {} where nothing is to be tuned')
  value()
  skip()
  if (at < source.length) fault(commentHint(source, at) ?? 'the file should end here; take out what follows')
}
