/** What is chosen, what it rests on, and which faults have to do with it. */
import type { Scene, SceneLineage, ScenePlace, SceneRun } from '../scene.js';
import { fateWords } from './happenings.js';
import type { Choice, LitSupport } from './support.js';

export interface WhyProps {
  readonly scene: Scene;
  readonly run: SceneRun;
  /** Undefined where nothing of this run is chosen. */
  readonly choice: Choice | undefined;
  readonly support: LitSupport | undefined;
  readonly onChoose: (vertex: number) => void;
  readonly onClear: () => void;
}

/** Reasons, or goals, that are listed. */
const MOST = 40;

export function Why(props: WhyProps) {
  const { scene, run, choice, support, onClear } = props;
  return (
    <section class="panel why" role="group" aria-label="Why">
      <h3>Why</h3>
      {choice === undefined ? (
        <Outcome {...props} />
      ) : (
        <>
          <Chosen {...props} choice={choice} />
          {support !== undefined && <Faults scene={scene} run={run} support={support} />}
          <button type="button" onClick={onClear}>
            Back to the outcome
          </button>
        </>
      )}
    </section>
  );
}

function Outcome({ scene, run, onChoose }: WhyProps) {
  const { lineage } = run;
  if (lineage === null) return <p class="hint">What the outcome of this run rests on is not in this file.</p>;
  const present = lineage.goals.filter((goal) => lineage.vertices[goal].kind !== 'absence');
  return (
    <>
      <p class="hint">
        The outcome is this. Choose any of it, a message, or what a node knows: what it rests on lights up.
        {lineage.left > 0 &&
          ` ${lineage.left.toLocaleString('en')} more facts and firings are not in this file.`}
      </p>
      <Reasons
        scene={scene}
        lineage={lineage}
        reasons={[...new Set([...present, ...lineage.goals])]}
        onChoose={onChoose}
      />
    </>
  );
}

function Chosen({ scene, run, choice, onChoose }: WhyProps & { readonly choice: Choice }) {
  const { vertex, message } = choice;
  const { lineage } = run;
  const chosen = vertex === undefined ? undefined : lineage?.vertices[vertex];
  const sending = message === undefined ? undefined : run.messages[message];
  return (
    <>
      {sending !== undefined && (
        <p>
          <strong>
            {scene.nodes[sending.from]} → {scene.nodes[sending.to]}: {scene.texts[sending.text]}
          </strong>{' '}
          <span class="hint">
            sent at {sending.sent}, {fateWords(sending)}
          </span>
        </p>
      )}
      {chosen !== undefined && lineage !== null && (
        <>
          {sending === undefined && (
            <p>
              <strong>{scene.texts[chosen.text]}</strong>
            </p>
          )}
          <Place place={chosen.place === null ? undefined : scene.places[chosen.place]} />
          {chosen.because.length > 0 && <p class="hint">rests on</p>}
          <Reasons scene={scene} lineage={lineage} reasons={chosen.because} onChoose={onChoose} />
        </>
      )}
      {chosen === undefined && <p class="hint">What it rests on is not in this file.</p>}
    </>
  );
}

interface ReasonsProps {
  readonly scene: Scene;
  readonly lineage: SceneLineage;
  readonly reasons: readonly number[];
  readonly onChoose: (vertex: number) => void;
}

/** Uses of rules and calls of handlers stand with what they rest on, since they are no things of the run. */
function Reasons({ scene, lineage, reasons, onChoose }: ReasonsProps) {
  const shown = reasons.slice(0, MOST);
  return (
    <ul class="reasons">
      {shown.map((number) => {
        const { kind, text, place, because } = lineage.vertices[number];
        return (
          <li key={number}>
            {kind === 'firing' ? (
              <>
                <code>{scene.texts[text]}</code>
                <Place place={place === null ? undefined : scene.places[place]} />
                <Reasons scene={scene} lineage={lineage} reasons={because} onChoose={onChoose} />
              </>
            ) : (
              <button type="button" class="fact" onClick={() => onChoose(number)}>
                {scene.texts[text]}
              </button>
            )}
          </li>
        );
      })}
      {reasons.length > shown.length && <li class="hint">and {reasons.length - shown.length} more</li>}
    </ul>
  );
}

function Place({ place }: { readonly place: ScenePlace | undefined }) {
  if (place === undefined) return null;
  return (
    <p class="place">
      <span class="hint">
        {place.file}:{place.line}
      </span>
      <code>{place.code}</code>
    </p>
  );
}

function Faults({ scene, run, support }: Pick<WhyProps, 'scene' | 'run'> & { readonly support: LitSupport }) {
  const faults = [...support.faults].sort((a, b) => a - b);
  return (
    <p class="cut">
      {faults.length === 0
        ? 'No fault has to do with it.'
        : `${run.on.length === 0 ? 'Cut, under all faults, by' : 'Behind it'}: ${faults.map((fault) => scene.faults[fault].text).join('; ')}.`}
    </p>
  );
}
