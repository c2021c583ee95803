import type { QuotaRequest } from '@shared/api/requests';
import { useTranslation } from 'react-i18next';
import { isDevice, useAmount } from './values';

/** What a request is for, in a few words: "4 GPU a100 more, guaranteed to Aurora". */
export function useRequestWords() {
  const { t } = useTranslation('quotas');
  const amountOf = useAmount();
  const amount = (request: QuotaRequest, value: number) => {
    if (!request.flavor)
      return t(`requests.unit.${request.asks === 'user-gpus' ? 'gpus' : 'running'}`, { count: value });
    const text = amountOf(request.resource, value);
    return isDevice(request.resource) ? `${text} ${request.flavor.name}` : text;
  };
  const whose = (request: QuotaRequest) =>
    request.project?.name ?? (request.flavor ? request.tenant.name : request.requested_by.name);
  const sentence = (request: QuotaRequest) =>
    t(`requests.sentence.${request.asks}`, {
      amount: amount(request, request.amount),
      whose: whose(request),
      cluster: request.flavor?.cluster.name ?? '',
    });
  return { amount, sentence };
}
