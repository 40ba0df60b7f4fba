import type { IncomingHttpHeaders } from 'node:http';
import type { ContractOperation } from './contract';
import type { Answer, Clock, Handlers, Identity, Limit, SandboxOptions, Vendor } from './types';

export interface AuthRequest {
  headers: IncomingHttpHeaders;
  params: Record<string, string>;
  path: string;
  operation: ContractOperation;
  clock: Clock;
}

/** Everything that makes the general listener play one vendor. */
export interface VendorDefinition<S> {
  vendor: Vendor;
  /** In front of every contract path: Callbell's is /v1. */
  basePath: string;
  /** The seed state; called again by `reset`. */
  createState(clock: Clock, options: SandboxOptions): S;
  /** Tokens by name, for masking. */
  tokens(state: S): Record<string, string>;
  /** The token that came with the request as sent, if any; used for records. */
  tokenOf(headers: IncomingHttpHeaders): string | undefined;
  /** Who calls, or throws a Refusal with the vendor's 401/403. */
  authenticate(request: AuthRequest, state: S): Identity;
  /** The vendor's error shape for any status: contract refusals, unknown paths, crashes, injected faults. */
  error(status: number, messages: string[]): Answer;
  /** The answer for a path or method that the vendor does not have, where it differs from `error`. */
  unknownPath?(headers: IncomingHttpHeaders): Answer;
  /** The answer to a body that is no JSON, where it differs from `error`. */
  brokenBody?: Answer;
  /** Status of a refusal by the contract. */
  refusalStatus: number;
  throttled(): Answer;
  publishedLimits: Limit[];
  handlers: Handlers<S>;
  /** Handlers get the body as the vendor's server reads it, e.g. unwrapped. */
  normalizeBody?(operation: ContractOperation, body: any): any;
}
