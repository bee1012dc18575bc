/** An expression of the template language: `[concat(parameters('a'), variables('b').c)]`. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'member'; readonly of: Expression; readonly key: Expression }

/** Whether a text of a template is an expression: in brackets, and not an escaped bracket. */
export function isExpression(text: string): boolean {
  return text.startsWith('[') && text.endsWith(']') && !text.startsWith('[[')
}

const TOKEN = /\s*(?:'((?:[^']|'')*)'|(-?\d+)(?![\w.])|([A-Za-z_]\w*)|([()[\].,]))/y

interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'mark'
  readonly value: string
}

/** Parses what `isExpression` accepts. Throws a SyntaxError that quotes the expression. */
export function parse(text: string): Expression {
  const tokens = tokensOf(text)
  let at = 0
  const fail = (why: string): never => {
    throw new SyntaxError(`${why} in ${text}`)
  }
  const next = () => tokens[at++] ?? fail('something is missing at the end')
  const take = (mark: string) => {
    const is = tokens[at]?.kind === 'mark' && tokens[at]?.value === mark
    if (is) at++
    return is
  }
  const expect = (mark: string) => take(mark) || fail(`"${mark}" is missing`)

  function expression(): Expression {
    let found = primary()
    for (;;) {
      if (take('.')) found = { kind: 'member', of: found, key: { kind: 'literal', value: name(next()) } }
      else if (take('[')) {
        found = { kind: 'member', of: found, key: expression() }
        expect(']')
      } else return found
    }
  }

  function primary(): Expression {
    const token = next()
    if (token.kind === 'text') return { kind: 'literal', value: token.value }
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.value) }
    const called = name(token)
    expect('(')
    const args: Expression[] = []
    if (!take(')')) {
      do args.push(expression())
      while (take(','))
      expect(')')
    }
    return { kind: 'call', name: called, args }
  }

  function name({ kind, value }: Token): string {
    return kind === 'name' ? value : fail(`"${value}" stands where a name should`)
  }

  expect('[')
  const whole = expression()
  expect(']')
  if (at < tokens.length) fail(`"${tokens[at]?.value}" comes too late`)
  return whole
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (match === null)
      throw new SyntaxError(`nothing begins like this: ${text.slice(at, at + 30)}, in ${text}`)
    const [, quoted, number, name, mark] = match
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replaceAll("''", "'") })
    else if (number !== undefined) tokens.push({ kind: 'number', value: number })
    else if (name !== undefined) tokens.push({ kind: 'name', value: name })
    else tokens.push({ kind: 'mark', value: mark ?? '' })
  }
  return tokens
}

/** Every call in an expression, also in the branch that is not taken. */
export function* calls(expression: Expression): Generator<{ name: string; args: readonly Expression[] }> {
  if (expression.kind === 'call') {
    yield expression
    for (const arg of expression.args) yield* calls(arg)
  } else if (expression.kind === 'member') {
    yield* calls(expression.of)
    yield* calls(expression.key)
  }
}
