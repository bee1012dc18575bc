export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Incidents less bad than this are kept, and named on later cards, but not posted; unless settings say otherwise. */
export const ALERT_FROM: Severity = 'medium'

export function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}

export function worst(severities: Iterable<Severity>): Severity {
  let found: Severity = 'low'
  for (const severity of severities) if (rank(severity) > rank(found)) found = severity
  return found
}

/** One step worse. */
export function raised(severity: Severity): Severity {
  return SEVERITIES[rank(severity) + 1] ?? severity
}
