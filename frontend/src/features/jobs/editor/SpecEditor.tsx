import type { FieldProblem } from '@shared/api/problem';
import { PageLoading } from '@shared/components/PageLoading';
import { useKey } from '@shared/i18n/key';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Segmented } from 'antd';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { schemaQuery } from '../api';
import { type Finding, makeChecker } from '../model/check';
import { type Path, rangeOf, read, type SpecDocument, write } from '../model/document';
import { shownIn, unshown } from '../model/form';
import { type SpecBinding, SpecContext } from './context';
import { useOffers } from './offers';
import { SpecForm } from './SpecForm';

const YamlEditor = lazy(() => import('../components/YamlEditor'));

export type Mode = 'form' | 'yaml';

/** What the text says, and what the schema finds wrong with it. */
export function useChecked(text: string): { document: SpecDocument; findings: Finding[] } {
  const { data: schema } = useQuery(schemaQuery);
  const document = useMemo(() => read(text), [text]);
  const check = useMemo(() => (schema ? makeChecker(schema) : null), [schema]);
  const findings = useMemo(
    () => (check && document.value && text.trim() !== '' ? check(document.value) : []),
    [check, document, text],
  );
  return { document, findings };
}

interface Props {
  tenant: string;
  text: string;
  onText: (text: string) => void;
  mode: Mode;
  onMode: (mode: Mode) => void;
  checked: ReturnType<typeof useChecked>;
  /** What the server refused, field by field. */
  refused: readonly FieldProblem[];
  /** Show what is wrong with untouched fields too. */
  strict: boolean;
}

/** One text behind two views: a form, and the YAML itself. */
export function SpecEditor({ tenant, text, onText, mode, onMode, checked, refused, strict }: Props) {
  const { t } = useTranslation('jobs');
  const key = useKey();
  const offers = useOffers(tenant);
  const { document, findings } = checked;
  const say = useCallback(
    (finding: Finding) => key(`jobs:check.${checkOf(finding)}`, { fallback: finding.detail }),
    [key],
  );
  const errors = useMemo(() => {
    const all = new Map<string, string[]>();
    const put = (place: string, words: string) => {
      if (!all.get(place)?.includes(words)) all.set(place, [...(all.get(place) ?? []), words]);
    };
    for (const finding of findings) put(finding.pointer, say(finding));
    for (const problem of refused) put(problem.pointer, problem.detail);
    return all;
  }, [findings, refused, say]);
  const shown = useMemo(() => (document.value ? shownIn(document.value) : {}), [document]);
  const hidden = useMemo(() => (document.value ? unshown(document.value) : []), [document]);
  const set = useCallback((path: Path, value: unknown) => onText(write(text, path, value)), [text, onText]);
  const binding: SpecBinding = useMemo(() => ({ value: shown, set, errors, strict }), [shown, set, errors, strict]);
  const marks = useMemo(() => {
    if (document.value === null)
      return document.errors.map((error) => ({
        ...error,
        message: error.message === 'not-a-mapping' ? t('yaml.notAMapping') : error.message,
      }));
    return [...errors].map(([place, words]) => ({ ...rangeOf(text, place), message: `${place} ${words.join(' ')}` }));
  }, [document, errors, text, t]);
  const unreadable = document.value === null;

  return (
    <Flex vertical gap={12} style={{ minWidth: 0 }}>
      <Segmented<Mode>
        aria-label={t('yaml.views')}
        value={mode}
        onChange={onMode}
        options={[
          { value: 'form', label: t('yaml.form') },
          { value: 'yaml', label: 'YAML' },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      {mode === 'yaml' ? (
        <>
          <Suspense fallback={<PageLoading />}>
            <YamlEditor label={t('yaml.label')} text={text} onText={onText} marks={marks} height="560px" />
          </Suspense>
          <Problems marks={marks} text={text} />
        </>
      ) : unreadable ? (
        <Alert
          type="warning"
          showIcon
          title={t('yaml.unreadable')}
          description={
            marks[0] ? t('yaml.line', { line: lineOf(text, marks[0].from), message: marks[0].message }) : null
          }
          action={<Button onClick={() => onMode('yaml')}>{t('yaml.toYaml')}</Button>}
        />
      ) : (
        <SpecContext value={binding}>
          {hidden.length > 0 && (
            <Alert
              type="info"
              showIcon
              title={t('yaml.hidden', { count: hidden.length })}
              description={hidden.map((place) => (
                <code className="mono" key={place} style={{ marginInlineEnd: 12 }}>
                  {place}
                </code>
              ))}
              action={<Button onClick={() => onMode('yaml')}>{t('yaml.toYaml')}</Button>}
            />
          )}
          <SpecForm offers={offers} />
        </SpecContext>
      )}
    </Flex>
  );
}

/** Which of our words fits a finding: what a pattern means depends on the field. */
function checkOf({ keyword, pointer }: Finding): string {
  if (keyword !== 'pattern' && keyword !== 'anyOf') return keyword;
  if (pointer.endsWith('memory_bytes')) return 'quantity';
  return pointer.endsWith('/name') ? 'name' : 'pattern';
}

const lineOf = (text: string, position: number): number => text.slice(0, position).split('\n').length;

/** The same as the marks in the editor, for those who do not see them. */
function Problems({ marks, text }: { marks: readonly { from: number; message: string }[]; text: string }) {
  const { t } = useTranslation('jobs');
  if (marks.length === 0) return null;
  return (
    <ul role="status" style={{ margin: 0, paddingInlineStart: 20, color: 'var(--hanse-bad)' }}>
      {marks.map((mark) => (
        <li key={`${mark.from} ${mark.message}`}>
          {t('yaml.line', { line: lineOf(text, mark.from), message: mark.message })}
        </li>
      ))}
    </ul>
  );
}
