import { FeedError } from '../../model/errors.ts'
import type { Graph, GraphOptions, GraphPage, GraphQuery } from './transport.ts'

/** All pages of a collection. Throws where they run in a circle. */
export async function* pagesOf(
  graph: Graph,
  query: GraphQuery,
  options: GraphOptions,
  most: number,
): AsyncIterable<GraphPage['entries']> {
  let page = await graph.page(query, options)
  const seen = new Set<string>()
  for (;;) {
    yield page.entries
    const { next } = page
    if (next === undefined) return
    if (seen.has(next) || seen.size >= most)
      throw new FeedError('page-rejected', `The pages of ${query.subject.what} run in a circle.`)
    seen.add(next)
    page = await graph.follow(next, query, options)
  }
}
