/** The fields of the lines other programs rely on, in their order. */
export const FINDING = [
  'type',
  'id',
  'incident',
  'detection',
  'severity',
  'tenant',
  'actor',
  'app',
  'mailboxes',
  'start',
  'end',
  'count',
  'limit',
  'records',
  'attack',
  'sentence',
]

/** Where no application is known. */
export const FINDING_WITHOUT_APP = FINDING.filter(name => name !== 'app')

export const SUMMARY = [
  'type',
  'records',
  'duplicates',
  'rejected',
  'findings',
  'incidents',
  'mailboxes',
  'mailboxesWithReads',
  'from',
  'to',
]
