import type { Handlers, JsonObject } from '../types';
import { refuse } from './errors';
import { wholeList } from './paging';
import type { KinboxBusinessHour, KinboxState } from './state';
import { iso } from './time';

function v3BusinessHour(state: KinboxState, hours: KinboxBusinessHour): JsonObject {
  return {
    id: String(hours.id), name: hours.name, isActive: hours.isActive, ...hours.days,
    workspaceId: state.workspace.id, createdAt: iso(hours.createdAt), lastUpdateAt: iso(hours.updatedAt), updatedAt: iso(hours.updatedAt),
  };
}

export const workspace: Handlers<KinboxState> = {
  v3ListBusinessHours: ({ state }) => ({ status: 200, body: wholeList(state.businessHours.values(), (one) => v3BusinessHour(state, one)) }),
  v3GetBusinessHour: ({ state, params }) => ({ status: 200, body: v3BusinessHour(state, state.businessHours.get(Number(params.id)) ?? refuse(404, 'Business hours not found')) }),
  v3GetWorkspace: ({ state, identity }) => {
    const { id, name, timezone, createdAt } = state.workspace;
    return {
      status: 200,
      body: {
        id: String(id), workspaceId: id, operatorId: identity.userId, name, avatar: '', isActive: true, createdAt: iso(createdAt), lastUpdateAt: iso(createdAt), updatedAt: iso(createdAt),
        customerIdentifier: 'phone', dynamicPendingIndicator: 15, preserveTags: true, themeColors: {}, minutesToReopenCall: 60, hasCustomerIdentifier: false,
        sendFinishText: false, finishText: '', alwaysAssignOnResponse: true, sendOperatorName: true, paintCard: false, showDynamicPendingIndicator: true,
        reopenCall: true, contactName: 'Contato', timezone, unassign_when_offline_reopen: false, workHourId: 7, expiration_day: null,
        showOperatorsAvaliations: true, sms_credits: 500, onboarding_status: 'done', onboarding_color: '#1abc9c', wallet: { balance: 120.5 },
        isChatActiveRequiredFields: false, chatActiveRequiredFields: [], customerPartnerData: {},
        settings: { maxConnections: 5, resetTMEOnAssignment: false },
      },
    };
  },
};
