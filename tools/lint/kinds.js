/** Rules for `.oxlintrc.json`, which names the files that they hold for. */
const PLACES = [
  'BinaryExpression[operator=/^[!=]==?$/]:has(> :matches([property.name="kind"], [name="kind"]))',
  'SwitchStatement:matches([discriminant.property.name="kind"], [discriminant.name="kind"]) > SwitchCase',
];

const asksFor = (kinds) => PLACES.map((place) => `${place} > Literal[value=/^(${kinds})$/]`);

/** The bounds of one kind of fault or of some; not those that every check has, nor the most faults of all kinds. */
const BOUNDS =
  'omissions|restarts|pauses|partitions|partitionsBefore|delays|duplicates|longestDelay|crashesBefore|withinStep';

function refusing(places, message) {
  return {
    create: (context) =>
      Object.fromEntries(
        places.map((place) => [
          place,
          (node) => {
            context.report({ node, message });
          },
        ]),
      ),
  };
}

/** Refuses to ask whether a protocol is of rules or of handlers. */
const asked = refusing(
  asksFor('rules|handlers'),
  'What kinds of protocols have not alike is for `src/runner/kinds/` to say.',
);

/** Refuses to ask of which kind a fault is, or how many there may be of one kind. */
const faults = refusing(
  [
    ...asksFor('omission|crash|outage|partition|delay|duplicate|pause|named'),
    `MemberExpression[object.name="bounds"][property.name=/^(${BOUNDS})$/]`,
    `CallExpression[callee.name="boundOf"] > Literal[value=/^(${BOUNDS})$/]`,
  ],
  'What kinds of faults have not alike is for `src/injector/faults/` to say.',
);

export default { meta: { name: 'kinds' }, rules: { asked, faults } };
