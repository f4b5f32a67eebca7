import { between, figure, repeat, whole } from './pen.js';

function wheel(x: number, y: number, radius: number, ink: string, paper: string): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${ink}"/><circle cx="${x}" cy="${y}" r="${0.45 * radius}" fill="${paper}"/>`;
}

function spokes(x: number, y: number, radius: number, count: number): string {
  const spoke = (index: number) => {
    const angle = (Math.PI * index) / count;
    return `M${x - radius * Math.cos(angle)} ${y - radius * Math.sin(angle)}L${x + radius * Math.cos(angle)} ${y + radius * Math.sin(angle)}`;
  };
  return `<path d="${repeat(count, spoke)}" stroke-width="1.5"/>`;
}

export const car = figure((random, { ink, paper, tint }) => {
  const [roof, nose] = [between(random, 60, 85), between(random, 95, 112)];
  return (
    `<path d="M10 145V115L50 ${nose}L75 ${roof}H135L165 ${nose}L192 118V145Z"/>` +
    `<path d="M60 ${nose}L80 ${roof + 8}H102V${nose}ZM110 ${nose}V${roof + 8}H132L150 ${nose}Z" fill="${tint}"/>` +
    wheel(55, 145, between(random, 16, 24), ink, paper) +
    wheel(148, 145, between(random, 16, 24), ink, paper)
  );
});

export const motorcycle = figure((random, { ink, paper, tint }) => {
  const radius = between(random, 28, 36);
  const tyre = (x: number) =>
    `<circle cx="${x}" cy="140" r="${radius}" fill="none" stroke="${ink}" stroke-width="${between(random, 6, 11)}"/>`;
  const pipes = `<g fill="none" stroke="${ink}" stroke-width="${between(random, 4, 8)}"><path d="M150 140L125 70L105 60M45 140L85 105H120M80 145H120"/></g>`;
  return (
    `${tyre(45)}${tyre(155)}${spokes(45, 140, radius, 4)}${pipes}` +
    `<path d="M80 90C90 70 120 70 130 88L118 108H88Z"/><path d="M30 88C45 78 70 84 86 92L82 102H40Z" fill="${tint}"/>` +
    `<rect x="85" y="110" width="34" height="32" rx="6"/><circle cx="132" cy="74" r="9" fill="${paper}" stroke="${ink}" stroke-width="3"/>`
  );
});

export const bicycle = figure((random, { ink }) => {
  const width = between(random, 3, 7);
  const wheels = [45, 155]
    .map((x) => `<circle cx="${x}" cy="135" r="38"/>${spokes(x, 135, 38, whole(random, 3, 8))}`)
    .join('');
  const frame =
    '<path d="M45 135L80 75H135L155 135M80 75L95 135H45M95 135L135 75M135 75L130 55H150M80 75L75 62M62 60H88"/>';
  return `<g fill="none" stroke="${ink}" stroke-width="${width}">${wheels}${frame}</g>`;
});

export const ship = figure((random, { tint }) => {
  const height = between(random, 20, 60);
  return (
    `<path d="M10 130H190L165 175H40Z"/><path d="M104 ${height}V122H175Z" fill="${tint}"/>` +
    `<path d="M96 ${height + 10}V122H35Z"/><rect x="98" y="${height - 8}" width="5" height="${140 - height}"/>`
  );
});

export const plane = figure((random) => {
  const sweep = between(random, 20, 60);
  return (
    `<path d="M100 10C112 10 114 40 114 60V150C114 170 106 190 100 190S86 170 86 150V60C86 40 88 10 100 10Z"/>` +
    `<path d="M100 75L190 ${75 + sweep}V${95 + sweep}L100 105L10 ${95 + sweep}V${75 + sweep}Z"/><path d="M100 155L140 178V188L100 178L60 188V178Z"/>`
  );
});

export const train = figure((random, { ink, paper }) => {
  const chimney = between(random, 25, 50);
  const wheels = repeat(whole(random, 3, 5), (index) => wheel(40 + 30 * index, 155, 14, ink, paper));
  return `<rect x="20" y="50" width="60" height="95"/><rect x="75" y="85" width="105" height="60"/><rect x="150" y="${chimney}" width="18" height="65"/><rect x="32" y="62" width="34" height="30" fill="${paper}"/>${wheels}`;
});

export const lorry = figure((random, { ink, paper, tint }) => {
  const width = between(random, 90, 125);
  return (
    `<rect x="8" y="50" width="${width}" height="95"/><path d="M${width + 14} 80H170L192 112V145H${width + 14}Z" fill="${tint}"/>` +
    wheel(38, 150, 17, ink, paper) +
    wheel(width - 10, 150, 17, ink, paper) +
    wheel(165, 150, 17, ink, paper)
  );
});

export const rocket = figure((random, { paper }) => {
  const fin = between(random, 30, 60);
  return (
    '<path d="M100 8C130 40 132 90 128 150H72C68 90 70 40 100 8Z"/>' +
    `<path d="M72 110L${100 - fin} 175L74 155ZM128 110L${100 + fin} 175L126 155ZM85 155L100 195L115 155Z"/>` +
    `<circle cx="100" cy="75" r="14" fill="${paper}"/>`
  );
});
