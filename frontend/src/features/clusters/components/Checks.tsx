import type { Cluster } from '@shared/api/clusters';
import { http } from '@shared/api/http';
import { failureOf, type Operation, useOperation } from '@shared/api/operations';
import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { CopyButton } from '@shared/components/CopyButton';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { StatusTag } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useSaid } from '@shared/i18n/said';
import { Button, Collapse, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Finding = NonNullable<Cluster['findings']>[number];

/** What a preflight found: what is fine, what is missing, and what to do about it. */
export function Checks({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('clusters');
  const [asked, setAsked] = useState('');
  const operation = useOperation(asked);
  const check = useAct<void, Operation>({
    act: () => http.post<Operation>(`/clusters/${cluster.id}/preflight/`),
    onDone: (begun) => setAsked(begun.id),
  });
  const waiting = check.isPending || operation?.state === 'pending';
  const act = can(cluster, 'clusters.manage') ? (
    <Button loading={waiting} onClick={() => check.mutate()}>
      {t('checkAgain')}
    </Button>
  ) : null;
  const findings = cluster.findings ?? [];
  const failure = failureOf(operation);
  return (
    <>
      <Flex justify="space-between" align="center" style={{ marginBottom: 12 }}>
        <span className="muted">
          {t('checked')} <RelativeTime at={cluster.findings_at} none={t('neverSeen')} />
        </span>
        {act}
      </Flex>
      {failure ? <ErrorPanel error={failure} /> : null}
      {findings.length === 0 ? (
        <EmptyState title={t('noFindings')}>{t('noFindingsText')}</EmptyState>
      ) : (
        <ul className="findings">
          {findings.map((finding) => (
            <FindingRow key={finding.check} finding={finding} />
          ))}
        </ul>
      )}
    </>
  );
}

function FindingRow({ finding }: { finding: Finding }) {
  const { t } = useTranslation('clusters');
  const said = useSaid();
  const fixSaid = finding.fix_said;
  return (
    <li>
      <Flex gap={12} align="baseline">
        <span style={{ width: 110, flexShrink: 0 }}>
          <StatusTag status={finding.level} />
        </span>
        <div style={{ minWidth: 0, flex: 1 }}>
          <div>{said([finding.said], finding.text)}</div>
          {finding.fix ? <div className="muted">{said(fixSaid ? [fixSaid] : null, finding.fix)}</div> : null}
          {finding.evidence.length > 0 || finding.manifest ? (
            <Collapse
              ghost
              size="small"
              items={[
                {
                  key: 'evidence',
                  label: t('evidence', { count: finding.evidence.length }),
                  children: (
                    <>
                      <ul className="evidence mono">
                        {finding.evidence.map((line) => (
                          <li key={line}>{line}</li>
                        ))}
                      </ul>
                      {finding.manifest ? (
                        <>
                          <CopyButton wordy text={finding.manifest} label={t('copyManifest')} />
                          <pre className="yaml">{finding.manifest}</pre>
                        </>
                      ) : null}
                    </>
                  ),
                },
              ]}
            />
          ) : null}
        </div>
      </Flex>
    </li>
  );
}
