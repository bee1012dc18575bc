export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

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
