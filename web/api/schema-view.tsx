import { boundsOf, type Document, nameOf, type Schema } from "./openapi.ts";

/** The type of a value in one line. */
function TypeName({ schema }: { schema: Schema }) {
  const name = nameOf(schema);
  if (name !== undefined) return <a href={`#schema-${name}`}>{name}</a>;
  if (schema.const !== undefined) return <code>{JSON.stringify(schema.const)}</code>;
  if (schema.enum) return <code>{schema.enum.map((value) => JSON.stringify(value)).join(" | ")}</code>;
  if (schema.type === "array" && schema.items) {
    return (
      <>
        list of <TypeName schema={schema.items} />
      </>
    );
  }
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) {
    return (
      <>
        {alternatives.map((one, index) => (
          <>
            {index > 0 && " or "}
            <TypeName schema={one} />
          </>
        ))}
      </>
    );
  }
  return <>{schema.type ?? "any JSON"}</>;
}

/** The fields of an object, or the type of anything else. */
export function SchemaView({ schema }: { schema: Schema }) {
  const shown = schema.type === "array" && schema.items?.properties ? schema.items : schema;
  if (!shown.properties) {
    return (
      <p class="type">
        <TypeName schema={schema} /> <small>{boundsOf(schema)}</small>
      </p>
    );
  }
  return (
    <dl class="fields">
      {Object.entries(shown.properties).map(([name, field]) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
            {shown.required?.includes(name) && <span class="required">required</span>}
          </dt>
          <dd>
            <TypeName schema={field} /> <small>{boundsOf(field)}</small>
            {field.description && <p>{field.description}</p>}
            {field.properties && <SchemaView schema={field} />}
            {field.items?.properties && <SchemaView schema={field.items} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Every named schema of the document. */
export function Schemas({ document }: { document: Document }) {
  return (
    <section aria-labelledby="schemas">
      <h2 id="schemas">Schemas</h2>
      {Object.entries(document.components.schemas).map(([name, schema]) => (
        <article key={name} id={`schema-${name}`}>
          <h3>{name}</h3>
          <SchemaView schema={schema} />
        </article>
      ))}
    </section>
  );
}
