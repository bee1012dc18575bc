import MarkdownIt from 'markdown-it'
import type { AdaptiveCard, CardElement } from '../../core/sinks/teams/adaptive-card.ts'

// More than any Teams client does: all of CommonMark, tables, and links out of bare text.
const renderer = new MarkdownIt({ html: false, linkify: true })
renderer.linkify.set({ fuzzyEmail: true, fuzzyLink: true })

/** What a terminal, a log or a reader's eye is steered by. Line ends are the writer's own. */
const STEERING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\p{Cf}\p{DI}\p{Zl}\p{Zp}\ud800-\udfff]/u

/** Where a link of a card may lead. */
const OUR_LINKS =
  /^https:\/\/(?:[\w-]+\.)*(?:microsoft\.com|office\.com|azure\.com|cloud\.microsoft|office365\.us|microsoft\.us|azure\.us)\//

/** What in a text is more than text; empty where nothing is. */
export function steering(text: string): string[] {
  const found = STEERING.exec(text)
  return found === null
    ? []
    : [`U+${found[0].codePointAt(0)?.toString(16)} in ${JSON.stringify(text.slice(0, 200))}`]
}

/** What in a card could act: a link but ours and mails to colleagues, markup, HTML, a function, a control character. */
export function acting(card: AdaptiveCard): string[] {
  const texts = textsOf(card.body)
  return [
    ...texts.flatMap(text => {
      const html = renderer.render(text)
      const tag = /<(?!\/?(?:p|ol|li|strong)>|br|a href="mailto:[^"]*@birchwood\.example"|\/a>)[^>]*>/.exec(
        html,
      )
      return [
        ...(tag === null ? [] : [`${tag[0]} of ${JSON.stringify(text)}`]),
        ...(/\{\{/.test(text) ? [`a function in ${JSON.stringify(text)}`] : []),
        ...steering(text.replaceAll('\r', '\n')),
      ]
    }),
    ...steering(card.fallbackText),
    ...(card.actions ?? []).flatMap(({ title, url }) => [
      ...steering(title),
      ...steering(url),
      ...(OUR_LINKS.test(url) ? [] : [url]),
    ]),
  ]
}

export function textsOf(elements: readonly CardElement[]): string[] {
  return elements.flatMap(element => {
    if (element.type === 'Container') return textsOf(element.items)
    if (element.type === 'FactSet') return element.facts.flatMap(fact => [fact.title, fact.value])
    return [element.text]
  })
}
