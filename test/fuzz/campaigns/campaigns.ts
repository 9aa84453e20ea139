/** All campaigns by name. */
import type { Campaign, CampaignName } from '../campaign.js';
import { fuzzCertificates } from './certificates.js';
import { fuzzClingo } from './clingo.js';
import { fuzzDedalus, fuzzKindsOfRules } from './dedalus.js';
import { fuzzGrowth } from './growth.js';
import { fuzzHandlers, fuzzKindsOfHandlers } from './handlers.js';
import { fuzzHostile } from './hostile.js';
import { fuzzMutations } from './mutations.js';
import { fuzzOperations } from './operations.js';
import { fuzzSignals } from './signals.js';

export const campaigns: Readonly<Record<CampaignName, Campaign>> = {
  mutations: fuzzMutations,
  hostile: fuzzHostile,
  certificates: fuzzCertificates,
  growth: fuzzGrowth,
  handlers: fuzzHandlers,
  operations: fuzzOperations,
  dedalus: fuzzDedalus,
  'dedalus-kinds': fuzzKindsOfRules,
  'handlers-kinds': fuzzKindsOfHandlers,
  clingo: fuzzClingo,
  signals: fuzzSignals,
};
