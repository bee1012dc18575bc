import { defineCases } from '../../test/support/cases.ts'
import { CRM, graphRequest } from '../../test/support/record-graph.ts'
import { at, person } from '../../test/support/records.ts'

const decoy = person('payroll.archive')
const asked = (path: string, status = 200) => graphRequest({ at: at('03:05'), path, status })

export const cases = defineCases('decoy-mailbox', {
  fires: {
    'its mail is asked for through Graph': {
      records: [asked(`/v1.0/users/${decoy}/messages?$top=1`)],
      declared: { decoys: new Set([decoy]) },
      expect: { severity: 'critical', key: [`app:${CRM}`, decoy], actor: `app:${CRM}`, mailboxes: [decoy] },
    },
  },
  quiet: {
    'another’s mail through Graph, and its own refused': {
      records: [asked(`/v1.0/users/${person('anna')}/messages`), asked(`/v1.0/users/${decoy}/messages`, 403)],
      declared: { decoys: new Set([decoy]) },
    },
  },
})
