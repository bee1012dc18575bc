/**
 * Microsoft's schemas of alerts are not among the ones at hand. These hold the properties that the template uses and their
 * kinds, read from the published reference of the two API versions; nothing else passes.
 */
const object = (properties: Readonly<Record<string, unknown>>, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const one = (...allowed: readonly unknown[]) => ({ enum: allowed })
const list = (items: unknown) => ({ type: 'array', items, minItems: 1 })
const TEXT = { type: 'string', minLength: 1 }
const FLAG = { type: 'boolean' }
const COUNT = { type: 'integer', minimum: 1 }
const SPAN = { type: 'string', pattern: '^P(?:T\\d+[HM]|\\dD)$' }
const COMMON = { name: TEXT, location: TEXT, tags: { type: 'object' } }

export const ALERT_SCHEMAS: Readonly<Record<string, object>> = {
  'Microsoft.Insights/actionGroups@2023-01-01': object({
    ...COMMON,
    properties: object({
      groupShortName: { type: 'string', minLength: 1, maxLength: 12 },
      enabled: FLAG,
      emailReceivers: list(object({ name: TEXT, emailAddress: TEXT, useCommonAlertSchema: FLAG })),
    }),
  }),
  'Microsoft.Insights/scheduledQueryRules@2023-12-01': object({
    ...COMMON,
    kind: one('LogAlert'),
    properties: object({
      displayName: TEXT,
      description: TEXT,
      enabled: FLAG,
      severity: one(0, 1, 2, 3, 4),
      scopes: list(TEXT),
      evaluationFrequency: SPAN,
      windowSize: SPAN,
      criteria: object({
        allOf: list(
          object({
            query: TEXT,
            timeAggregation: one('Count', 'Average', 'Minimum', 'Maximum', 'Total'),
            operator: one('Equals', 'GreaterThan', 'GreaterThanOrEqual', 'LessThan', 'LessThanOrEqual'),
            threshold: { type: 'number' },
            failingPeriods: object({ numberOfEvaluationPeriods: COUNT, minFailingPeriodsToAlert: COUNT }),
          }),
        ),
      }),
      autoMitigate: FLAG,
      actions: object({ actionGroups: list(TEXT) }),
    }),
  }),
}
