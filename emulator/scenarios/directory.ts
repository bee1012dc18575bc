import { MINUTE, SECOND } from '../clock.ts'
import { deviceNames, directoryChange, groupNames, userNames } from '../records/index.ts'
import { CLOSES, type Day, OPENS } from './day.ts'
import { happens, type Occurrence } from './scenario.ts'

/** A day of small changes to the directory: groups that people join, details that are set right, devices that check in. */
export function directoryChanges(day: Day): Occurrence[] {
  const kit = day.kit('directory')
  const { random } = kit
  const [administrator] = day.firm.people
  if (!administrator) return []
  const devices = { name: 'Microsoft Intune', appId: random.guid(), objectId: random.guid() }
  const group = { id: random.guid(), name: 'Site managers' }
  return Array.from({ length: 14 }, () => {
    const person = random.pick(day.firm.people)
    const at = day.midnight + random.int(OPENS / MINUTE, CLOSES / MINUTE - 1) * MINUTE
    const input = random.pick([
      {
        operation: 'Add member to group',
        by: administrator,
        target: userNames(person),
        category: 'User',
        changes: {
          'Group.ObjectID': ['', group.id],
          'Group.DisplayName': ['', group.name],
        },
      },
      {
        operation: 'Update group',
        by: administrator,
        target: groupNames(group.name, group.id),
        category: 'Group',
        changes: { Description: ['["Who is on site"]', '["Who is on site this week"]'] },
      },
      {
        operation: 'Update device',
        by: devices,
        target: deviceNames(`BW-${random.int(100, 999)}`, random.guid()),
        category: 'Device',
        changes: { IsCompliant: ['["false"]', '["true"]'] },
      },
    ] as const)
    return happens(
      'Audit.AzureActiveDirectory',
      directoryChange(kit, { at: at + random.int(0, 59) * SECOND, ...input }),
    )
  })
}
