/** The drawing itself, in a chunk of its own: ECharts is larger than everything else on the page. */
import { useTimeZone } from '@shared/components/values';
import type { Palette } from '@shared/theme/palette';
import { usePalette } from '@shared/theme/theme';
import { LineChart } from 'echarts/charts';
import {
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  ToolboxComponent,
  TooltipComponent,
} from 'echarts/components';
import { connect, type ECharts, type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimeChartProps } from './TimeChart';
import type { Series } from './types';

use([
  LineChart,
  GridComponent,
  TooltipComponent,
  LegendComponent,
  DataZoomComponent,
  ToolboxComponent,
  AriaComponent,
  CanvasRenderer,
]);

type Props = TimeChartProps & { format: (value: number) => string; height: number };

export default function Canvas({ title, series, format, range, onRange, group, height, min, max }: Props) {
  const palette = usePalette();
  const zone = useTimeZone();
  const { i18n } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const newest = useRef(onRange);
  useEffect(() => {
    newest.current = onRange;
  });

  useEffect(() => {
    if (!place.current) return;
    const made = init(place.current, null, { renderer: 'canvas' });
    chart.current = made;
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(place.current);
    made.on('datazoom', (event) => {
      const zoom = ((event as { batch?: Zoom[] }).batch?.[0] ?? event) as Zoom;
      if (zoom.startValue !== undefined && zoom.endValue !== undefined)
        newest.current?.({ from: Number(zoom.startValue), to: Number(zoom.endValue) });
    });
    return () => {
      watcher.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    if (!chart.current || !group) return;
    chart.current.group = group;
    connect(group);
  }, [group]);

  useEffect(() => {
    const made = chart.current;
    if (!made) return;
    const clock = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'medium', timeZone: zone, hour12: false });
    const day = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric', timeZone: zone });
    const moment = new Intl.DateTimeFormat(i18n.language, {
      dateStyle: 'medium',
      timeStyle: 'medium',
      timeZone: zone,
      hour12: false,
    });
    const option: EChartsCoreOption = {
      animation: false,
      aria: { enabled: true, label: { description: title } },
      color: [...palette.series],
      textStyle: { color: palette.muted, fontFamily: 'inherit' },
      grid: {
        left: 8,
        right: 16,
        top: series.length > 1 ? 32 : 12,
        bottom: 8,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      legend: {
        show: series.length > 1,
        type: 'scroll',
        top: 0,
        left: 0,
        textStyle: { color: palette.text },
        icon: 'roundRect',
        itemHeight: 4,
      },
      tooltip: {
        trigger: 'axis',
        confine: true,
        backgroundColor: palette.raised,
        borderColor: palette.line,
        textStyle: { color: palette.text },
        valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '—'),
        axisPointer: {
          lineStyle: { color: palette.muted },
          label: { formatter: (at: { value: number }) => moment.format(at.value) },
        },
      },
      xAxis: {
        type: 'time',
        axisLine: { lineStyle: { color: palette.line } },
        axisLabel: {
          color: palette.muted,
          hideOverlap: true,
          formatter: (value: number) => {
            const time = clock.format(value);
            return MIDNIGHT.test(time) ? day.format(value) : time;
          },
        },
        splitLine: { show: false },
        ...(range ? { min: range.from, max: range.to } : {}),
      },
      yAxis: {
        type: 'value',
        scale: min === undefined,
        min,
        max,
        axisLabel: { color: palette.muted, formatter: format },
        splitLine: { lineStyle: { color: palette.line } },
      },
      dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: false, filterMode: 'none' }],
      toolbox: { show: true, top: -100, feature: { dataZoom: { yAxisIndex: 'none', filterMode: 'none' } } },
      series: series.flatMap((one, index) => drawn(one, index, palette)),
    };
    made.setOption(option, { notMerge: true });
    // Dragging selects a stretch at once, without looking for a button first.
    made.dispatchAction({
      type: 'takeGlobalCursor',
      key: 'dataZoomSelect',
      dataZoomSelectActive: Boolean(newest.current),
    });
  }, [title, series, format, range, min, max, palette, zone, i18n.language]);

  return <div ref={place} role="img" aria-label={title} style={{ width: '100%', height }} />;
}

const MIDNIGHT = /^(00|24):00:00$/;

interface Zoom {
  startValue?: number;
  endValue?: number;
}

const known = (value: number | null | undefined) => value != null && !Number.isNaN(value);

function drawn(one: Series, index: number, palette: Palette): object[] {
  const colour = palette.series[(one.colour ?? index) % palette.series.length];
  const line = {
    type: 'line',
    name: one.name,
    data: one.points.map(([time, value], at) => {
      if (!known(value)) return [time, '-'];
      // No line leads to what stands alone: a dot.
      const alone = !known(one.points[at - 1]?.[1]) && !known(one.points[at + 1]?.[1]);
      return alone ? { value: [time, value], symbol: 'circle', symbolSize: 4 } : [time, value];
    }),
    symbol: 'none',
    connectNulls: false,
    sampling: 'lttb',
    color: colour,
    lineStyle: { width: 1.5, type: one.dashed ? 'dashed' : 'solid' },
    ...(one.area ? { areaStyle: { opacity: 0.15 } } : {}),
    emphasis: { disabled: true },
  };
  if (!one.band?.length) return [line];
  const edge = (values: [number, number][]) => ({
    type: 'line',
    stack: `band ${one.name}`,
    data: values,
    showSymbol: false,
    silent: true,
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  });
  return [
    edge(one.band.map(([time, low]) => [time, low])),
    { ...edge(one.band.map(([time, low, high]) => [time, high - low])), areaStyle: { color: colour, opacity: 0.18 } },
    line,
  ];
}
