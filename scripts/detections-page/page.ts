import { detections } from '../../core/detections/index.ts'
import { catalogue, section } from './catalogue.ts'
import { ELSEWHERE, EVASIONS } from './evasion/index.ts'
import { PUBLIC_DOCUMENTS } from './public-rules.ts'
import { elsewhereTable, evasionTable, ruleTable } from './tables.ts'

/** `docs/detections.md`: the catalogue, and what it was measured against. */
export function detectionsPage(): string {
  return `${[
    '<!-- Written by `npm run generate` from core/detections and scripts/detections-page. Do not edit. -->',
    '# Detections',
    'What Waxseal recognises, from which limit on, what to do about it, and what it cannot see. Times and windows are those' +
      ' of the events, not of their arrival; windows slide to the second, a day is a UTC day.',
    '- [Catalogue](#catalogue)\n- [Each detection](#each-detection)\n- [Public rules](#public-rules)\n- [What attackers try](#what-attackers-try)',
    '## Catalogue',
    catalogue(detections),
    '## Each detection',
    ...detections.map(section),
    '## Public rules',
    'Every rule and branch of the public documents this project was started from, and what became of it. Rules are named, not' +
      ' quoted; what they mean was built anew and, where a rule fails on real records, by what it is meant to find.',
    ...PUBLIC_DOCUMENTS.map(document => ruleTable(document, detections)),
    '## What attackers try',
    'Ways to stay under or beside a rule. Each is tried in the tests: the first case must fire, the second, much like it, must' +
      ' not. The same records are also shuffled, doubled, cut into other deliveries and delivered late.',
    evasionTable(EVASIONS),
    'What these records cannot show, whatever we ask of them:',
    elsewhereTable(ELSEWHERE),
  ].join('\n\n')}\n`
}
