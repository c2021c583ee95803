import type { QuotaRequest } from '@shared/api/requests';
import { useRequestWords } from '@shared/components/requestWords';
import { StatusTag } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { Link } from '@tanstack/react-router';

/** A request for quota that waits for the reader's decision, in a line; it leads to the decision. */
export function RequestRow({ request }: { request: QuotaRequest }) {
  const words = useRequestWords();
  return (
    <li className="job-row">
      <StatusTag status={request.state} />
      <div className="job-row-main">
        <Link
          to="/t/$tenant/quotas"
          params={{ tenant: request.tenant.slug }}
          search={{ tab: 'requests', request: request.id } as never}
        >
          {words.sentence(request)}
        </Link>
        <span className="muted">{request.reason}</span>
      </div>
      <span className="muted">{request.requested_by.name}</span>
      <span className="muted job-row-time">
        <RelativeTime at={request.created_at} />
      </span>
    </li>
  );
}
