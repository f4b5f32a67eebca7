import { between, figure, repeat } from './pen.js';

export const face = figure((random, { ink, paper }) => {
  const [width, eye, mouth] = [between(random, 60, 85), between(random, 22, 34), between(random, -20, 25)];
  const hair = `M${100 - width} 85C${100 - width} 0 ${100 + width} 0 ${100 + width} 85C${90 + width} 50 ${110 - width} 50 ${100 - width} 85Z`;
  const look = [100 - eye, 100 + eye]
    .map((x) => `<circle cx="${x}" cy="92" r="${between(random, 5, 12)}" fill="${ink}"/>`)
    .join('');
  const lines = `<path d="M100 100L92 125H104M${100 - eye} 150Q100 ${150 + mouth} ${100 + eye} 150" fill="none" stroke="${ink}" stroke-width="4"/>`;
  return `<ellipse cx="100" cy="105" rx="${width}" ry="85" fill="${paper}" stroke="${ink}" stroke-width="4"/><path d="${hair}" fill="${ink}"/>${look}${lines}`;
});

export const smiley = figure((random, { ink, paper }) => {
  const bend = between(random, -30, 45);
  return `<circle cx="100" cy="100" r="88"/><g fill="${paper}"><circle cx="70" cy="75" r="12"/><circle cx="130" cy="75" r="12"/></g><path d="M55 125Q100 ${125 + bend} 145 125" fill="none" stroke="${ink === paper ? 'grey' : paper}" stroke-width="9"/>`;
});

export const cat = figure((random, { paper, ink }) => {
  const ear = between(random, 15, 40);
  const whiskers = repeat(
    3,
    (index) => `M60 ${115 + 8 * index}L5 ${105 + 14 * index}M140 ${115 + 8 * index}L195 ${105 + 14 * index}`,
  );
  return `<circle cx="100" cy="110" r="70"/><path d="M40 80L45 ${ear}L90 50ZM160 80L155 ${ear}L110 50Z"/><g fill="${paper}"><ellipse cx="75" cy="95" rx="10" ry="14"/><ellipse cx="125" cy="95" rx="10" ry="14"/><path d="M90 122H110L100 134Z"/></g><path d="${whiskers}" stroke="${ink}" stroke-width="2"/>`;
});

export const fish = figure((random, { paper, tint }) => {
  const [belly, tail] = [between(random, 30, 60), between(random, 30, 60)];
  return `<path d="M10 100C40 ${100 - belly} 110 ${100 - belly} 145 100C110 ${100 + belly} 40 ${100 + belly} 10 100Z"/><path d="M138 100L190 ${100 - tail}L178 100L190 ${100 + tail}Z"/><circle cx="42" cy="92" r="7" fill="${paper}"/><path d="M80 ${108 - belly}L105 ${75 - belly}L118 ${120 - belly}Z" fill="${tint}"/>`;
});

export const bird = figure((random, { paper, ink }) => {
  const wing = between(random, 20, 70);
  return `<ellipse cx="95" cy="110" rx="60" ry="38"/><circle cx="150" cy="75" r="25"/><path d="M172 70L196 78L172 84Z"/><path d="M70 95L30 ${wing}L115 90Z"/><path d="M40 115L5 ${between(random, 100, 145)}L50 130Z"/><circle cx="156" cy="70" r="4" fill="${paper}"/><path d="M85 145V180M108 145V180" stroke="${ink}" stroke-width="4"/>`;
});

export const butterfly = figure((random, { paper }) => {
  const [upper, lower] = [between(random, 55, 85), between(random, 35, 60)];
  const half = `<path d="M100 95C${100 + upper} 5 195 40 ${105 + upper} 100Z"/><path d="M100 105C${100 + lower} 110 ${110 + lower} 185 100 140Z"/><circle cx="150" cy="70" r="${between(random, 5, 14)}" fill="${paper}"/>`;
  return `${half}<g transform="matrix(-1 0 0 1 200 0)">${half}</g><rect x="95" y="55" width="10" height="110" rx="5"/>`;
});

export const spider = figure((random, { ink }) => {
  const leg = (index: number) => {
    const [side, row] = [index % 2 === 0 ? -1 : 1, Math.floor(index / 2)];
    return `M100 105L${100 + side * between(random, 45, 60)} ${55 + 25 * row}L${100 + side * 90} ${85 + 28 * row + between(random, -10, 10)}`;
  };
  return `<path d="${repeat(8, leg)}" fill="none" stroke="${ink}" stroke-width="${between(random, 3, 6)}"/><circle cx="100" cy="85" r="18"/><ellipse cx="100" cy="125" rx="26" ry="32"/>`;
});

export const stickFigure = figure((random, { ink }) => {
  const limb = () => between(random, 25, 60);
  return `<circle cx="100" cy="40" r="24"/><path d="M100 64V125M100 80L${100 - limb()} ${80 + limb()}M100 80L${100 + limb()} ${80 + limb()}M100 125L${100 - limb()} 190M100 125L${100 + limb()} 190" stroke="${ink}" stroke-width="${between(random, 4, 12)}" fill="none"/>`;
});

export const snowman = figure((random, { ink, paper }) => {
  const size = between(random, 38, 52);
  return `<g fill="${paper}" stroke="${ink}" stroke-width="5"><circle cx="100" cy="${190 - size}" r="${size}"/><circle cx="100" cy="95" r="34"/><circle cx="100" cy="48" r="22"/></g><rect x="78" y="8" width="44" height="24" fill="${ink}"/><path d="M70 32H130" stroke="${ink}" stroke-width="5"/>${repeat(3, (index) => `<circle cx="100" cy="${85 + 14 * index}" r="4" fill="${ink}"/>`)}`;
});

/** A hand with its fingers spread. */
export const hand = figure((random) => {
  const finger = (index: number) => {
    const angle = -55 + 27 * index + between(random, -5, 5);
    return `<rect x="91" y="${between(random, 18, 35)}" width="18" height="90" rx="9" transform="rotate(${angle} 100 125)"/>`;
  };
  return `${repeat(5, finger)}<rect x="65" y="95" width="70" height="90" rx="25"/>`;
});
