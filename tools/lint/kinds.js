/** A rule for `.oxlintrc.json`, which names the files that it holds for. */
const PLACES = [
  'BinaryExpression[operator=/^[!=]==?$/]:has(> :matches([property.name="kind"], [name="kind"]))',
  'SwitchStatement:matches([discriminant.property.name="kind"], [discriminant.name="kind"]) > SwitchCase',
];

/** Refuses to ask whether a protocol is of rules or of handlers. */
const asked = {
  create(context) {
    const refuse = (node) => {
      context.report({
        node,
        message: 'What kinds of protocols have not alike is for `src/runner/kinds/` to say.',
      });
    };
    return Object.fromEntries(
      PLACES.map((place) => [`${place} > Literal[value=/^(rules|handlers)$/]`, refuse]),
    );
  },
};

export default { meta: { name: 'kinds' }, rules: { asked } };
