import * as z from 'zod'
import { distance } from '../model/distance.ts'
import { isObject } from '../model/values.ts'
import { type Path, pathText } from './path.ts'

/** A mistake in the file. `message` goes behind the path. */
export interface Problem {
  readonly path: Path
  readonly message: string
}

/** Problems told one by one; a file that is something else altogether has thousands. */
const MOST = 100

export function sentences(problems: readonly Problem[]): string[] {
  const all = problems.map(({ path, message }) => {
    const sentence = `${path.length === 0 ? 'The file' : pathText(path)} ${message}`
    return sentence.endsWith('?') ? sentence : `${sentence}.`
  })
  const rest = all.length - MOST
  return rest > 0 ? [...all.slice(0, MOST), `${rest} more mistakes follow.`] : all
}

/** What zod found, in words, one for each mistake. The schema tells which names were meant. */
export function problemsOf(error: z.ZodError, schema: z.ZodType): Problem[] {
  const form = z.toJSONSchema(schema, { io: 'input' })
  return error.issues.flatMap(issue => ofIssue(issue, [], form))
}

type Issue = z.core.$ZodIssue

function ofIssue(issue: Issue, above: Path, form: Form): Problem[] {
  const path = [...above, ...issue.path.map(part => (typeof part === 'symbol' ? String(part) : part))]
  switch (issue.code) {
    case 'unrecognized_keys':
      // The reader of JSON has told of __proto__ already.
      return issue.keys
        .filter(key => key !== '__proto__')
        .map(key => ({ path: [...path, key], message: unknownName(key, namesAt(form, path)) }))
    case 'invalid_union': {
      // The member of the union that was meant: the one whose own kind of value it is.
      const meant = issue.errors.find(([first]) => first?.code !== 'invalid_type' || first.path.length > 0)
      if (meant === undefined) return [{ path, message: 'must be a text or an object' }]
      return meant.flatMap(inner => ofIssue(inner, path, form))
    }
    case 'invalid_key':
      return [{ path, message: issue.issues[0]?.message ?? 'is no name' }]
    case 'invalid_type':
      if (issue.input === undefined) return [{ path, message: 'is missing' }]
      return [
        { path, message: `must be ${KINDS[issue.expected] ?? issue.expected}, not ${kindOf(issue.input)}` },
      ]
    case 'invalid_value':
      return [{ path, message: unknownValue(issue.input, issue.values.map(String)) }]
    case 'too_small':
      return [{ path, message: own(issue) ?? `must be ${issue.minimum.toLocaleString('en-US')} or more` }]
    case 'too_big':
      return [
        {
          path,
          message:
            own(issue) ?? `must be ${issue.maximum.toLocaleString('en-US')} or less${thing(issue.origin)}`,
        },
      ]
    default:
      return [{ path, message: issue.message }]
  }
}

/** Messages of ours begin with a verb; zod's begin with a capital. */
function own({ message }: Issue): string | undefined {
  return /^[a-z]/.test(message) ? message : undefined
}

const thing = (origin: string) => (origin === 'array' ? ' entries' : '')

const KINDS: Readonly<Record<string, string>> = {
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
  record: 'an object in { }',
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 60).toWellFormed())}`
  return String(value)
}

/** A part of a JSON schema, as far as names go. */
type Form = unknown

/** The names that may be used at a path, as the schema has them. */
function namesAt(form: Form, path: Path): string[] {
  let forms: Form[] = [form]
  const inside = (one: Form, part: string | number): Form[] => {
    if (!isObject(one)) return []
    if (Array.isArray(one.anyOf)) return one.anyOf.flatMap(member => inside(member, part))
    if (typeof part === 'number') return [one.items]
    return isObject(one.properties) && Object.hasOwn(one.properties, part)
      ? [one.properties[part]]
      : [one.additionalProperties]
  }
  for (const part of path) forms = forms.flatMap(one => inside(one, part))
  const all = forms.flatMap(one => (isObject(one) && Array.isArray(one.anyOf) ? one.anyOf : [one]))
  return all.flatMap(one => (isObject(one) && isObject(one.properties) ? Object.keys(one.properties) : []))
}

/** So many names are listed where none is like the one given. */
const LISTED = 12

function unknownName(name: string, known: readonly string[]): string {
  if (name === 'withinMinutes' && known.includes('atLeast'))
    return 'cannot be set: this limit has no window, it counts a whole day'
  return `is not known${meant(name, known)}`
}

function unknownValue(given: unknown, known: readonly string[]): string {
  if (typeof given !== 'string') return `must be a text${meant('', known)}`
  return `is ${kindOf(given).replace(/^the text /, '')}, which is not known${meant(given, known)}`
}

function meant(given: string, known: readonly string[]): string {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')
  const near = known
    .map(name => ({ name, far: distance(plain(given), plain(name), 3) }))
    .filter(({ name, far }) => far <= Math.min(3, name.length / 2))
    .sort((a, b) => a.far - b.far)[0]
  if (near !== undefined) return `; did you mean ${near.name}?`
  return known.length <= LISTED
    ? `; there are ${known.join(', ')}`
    : '; "waxseal detections" lists what there is'
}
