import type { NodeConnectionType } from 'n8n-workflow';

/** n8n-workflow has had these words as values since n8n 1.83; the package also loads in n8n before that. */
export const NodeConnectionTypes = { Main: 'main' } as const satisfies Record<string, NodeConnectionType>;
