import { oneLine } from '../../net/one-line.ts'

export interface ErrorBody {
  /** `AF20022`, or a bare `429` */
  readonly code: string | undefined
  /** The server's words on one line; `undefined` where there are none worth showing. */
  readonly text: string | undefined
}

/**
 * Reads whatever came with a refusal: `{"error":{"code","message"}}`, the same in single quotes (as throttling is documented),
 * `{"Message"}` of the sign-in filter, HTML of a gateway, nothing.
 */
export function readErrorBody(body: string): ErrorBody {
  const { code, message } = fromJson(body) ?? fromPseudoJson(body)
  return {
    code: plainCode(code) ?? /\bAF\d{3,5}\b/.exec(message ?? body)?.[0],
    text: shown(message ?? body),
  }
}

type Parts = { readonly code: string | undefined; readonly message: string | undefined }

function fromJson(body: string): Parts | undefined {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return undefined
  }
  const inner = field(value, 'error') ?? value
  const message = field(inner, 'message') ?? field(value, 'Message') ?? field(value, 'error_description')
  return { code: asText(field(inner, 'code')), message: asText(message) ?? asText(inner) }
}

function fromPseudoJson(body: string): Parts {
  return {
    code: /['"]code['"]\s*:\s*(['"])([^'"]{1,40})\1/.exec(body)?.[2],
    // A message may hold apostrophes: it ends where the object or the next field does.
    message: /['"]message['"]\s*:\s*(['"])(.*?)\1\s*(?:[,}]|$)/s.exec(body)?.[2],
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function asText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** It is kept in the ledger and stands in logs: a word, or none. */
function plainCode(code: string | undefined): string | undefined {
  return code !== undefined && /^[\w.-]{1,80}$/.test(code) ? code : undefined
}

function shown(text: string): string | undefined {
  if (/^\s*(<!doctype|<html)/i.test(text)) return 'an HTML page'
  return oneLine(text) || undefined
}

const PART = String.raw`(?:\d+|an?)\s*(?:h|hours?|m|min|minutes?|s|sec|seconds?)\b`
const DELAY = new RegExp(
  String.raw`\b(?:re)?try\b.{0,30}?\b(?:after|in)\s+(${PART}(?:[\s,]+(?:and\s+)?${PART})*)`,
  'i',
)
const FACTORS: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
])

/** `retry again after 14m 56s`, `retry in an hour`, in milliseconds; `undefined` where no delay is named. */
export function delayIn(text: string): number | undefined {
  const named = DELAY.exec(text)?.[1]
  if (named === undefined) return undefined
  let ms = 0
  for (const [, count = '', unit = ''] of named.toLowerCase().matchAll(/(\d+|an?)\s*([hms])/g)) {
    ms += (count.startsWith('a') ? 1 : Number(count)) * (FACTORS.get(unit) ?? 0)
  }
  return ms
}
