const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/

/** Epoch ms of an HTTP date in any of its three forms (RFC 9110, 5.6.7). */
function httpDate(text: string): number | undefined {
  // asctime names no zone and is UTC; `Date.parse` would read it as local time.
  const zoned = ASCTIME.test(text) ? `${text} GMT` : text
  if (!zoned.endsWith(' GMT')) return undefined
  const at = Date.parse(zoned)
  return Number.isNaN(at) ? undefined : at
}

/**
 * How long `Retry-After` asks to wait, in milliseconds from now; `undefined` without one that can be read.
 * A date is measured against the reply's own `Date` where there is one: our clock may be wrong, and both are the server's.
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim()
  if (!text) return undefined
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const at = httpDate(text)
  if (at === undefined) return undefined
  return Math.max(0, at - (httpDate(headers.get('date')?.trim() ?? '') ?? now))
}
