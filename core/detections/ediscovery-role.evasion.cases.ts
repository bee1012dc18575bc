import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, complianceCmdlet, SERVICE_HOST } from '../../test/support/record-cmdlets.ts'
import { guid, person, type RawRecord } from '../../test/support/records.ts'

/** Attackers' moves, each with something harmless that looks like it. The titles begin with the move. */
const anna = person('anna')

const join = (operation: string, change: RawRecord = {}, by = ADMIN) =>
  complianceCmdlet(operation, `-Member "${anna}" -Identity "eDiscovery Manager"`, { by, change })
const found = { term: 'group', key: [ADMIN, anna, 'role group ediscovery manager'] } as const

export const cases = defineCases('ediscovery-role', {
  fires: {
    'content read through eDiscovery: the right to do so': {
      records: [join('Add-RoleGroupMember')],
      expect: found,
    },
    'case and dash variants': { records: [join('ADD–ROLEGROUPMEMBER')], expect: found },
    'parameters as one text, in any order': {
      records: [
        join('Add-RoleGroupMember', { Parameters: `-identity:"eDiscovery Manager" -MEMBER:"${anna}"` }),
      ],
      expect: found,
    },
    'the SYSTEM exclusion, by a name that begins with it': {
      records: [join('Add-RoleGroupMember', { UserType: 3 }, `${SERVICE_HOST} 2`)],
      expect: { term: 'group' },
    },
    'a partner’s account, with a long name and type 9': {
      records: [join('Add-RoleGroupMember', { UserType: 9 }, `tenant: ${guid('msp')}, object: ${guid('x')}`)],
      expect: { term: 'group' },
    },
    'late or duplicate content: one right told twice': {
      records: [join('Add-RoleGroupMember'), join('Add-RoleGroupMember')],
      expect: { ...found, count: 1, recordCount: 1 },
    },
  },
  quiet: {
    'content read through eDiscovery: looking at the group': [join('Get-RoleGroupMember')],
    'another group, with the words in its name': [
      complianceCmdlet('Add-RoleGroupMember', '-Identity "Security Reader" -Member "eDiscovery Manager"'),
    ],
    'the SYSTEM exclusion: the process itself': [join('Add-RoleGroupMember', { UserType: 3 }, SERVICE_HOST)],
  },
})
