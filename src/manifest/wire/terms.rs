//! The keys that come from the term catalogue: on lines, in `defaults`, in `for` and under `agreement`.
//!
//! What is written here says once how a mapping with terms is read; which terms there are is the catalogue's to say, how
//! each is described is said in `catalogue`. What a domain means is not known here.

use std::fmt;

use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::json;
use smol_str::SmolStr;

use super::catalogue::add_terms;
use super::{Domain, Named, OneOrMany, Properties, Scalar, Substitute, Window};
use crate::by_name::ByName;
use crate::syntax::At;
use crate::vocab::terms::{Scope, term};

/// The terms of a mapping, in the order in which they are written.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Every term but `properties`, by its key: a name of the catalogue, or `x_` and what the coop coined.
    pub entries: ByName<At<Domain>>,
    /// What the item is like, or must be like.
    pub properties: Option<At<Properties>>,
}

impl Terms {
    /// Takes the value of `key` if it is a term of `scope`; gives whether it was.
    fn read<'de, A: MapAccess<'de>>(&mut self, scope: Scope, key: &str, map: &mut A) -> Result<bool, A::Error> {
        if term(scope, key).is_none() {
            return Ok(false);
        }
        if key == "properties" {
            self.properties = map.next_value()?;
        } else if let Some(domain) = map.next_value::<Option<At<Domain>>>()? {
            self.entries.insert(key.into(), domain);
        }
        Ok(true)
    }
}

/// Declares a mapping that holds terms besides keys of its own. Serde's `flatten` would lose the places of nodes and
/// the schema's closedness, so reading is spelled out once, here.
macro_rules! with_terms {
    ($scope:ident; $(#[$meta:meta])* pub struct $name:ident {
        $($(#[$field_meta:meta])* $key:literal => pub $field:ident: $type:ty,)*
    }) => {
        #[derive(Clone, Debug, Default, JsonSchema)]
        $(#[$meta])*
        #[schemars(deny_unknown_fields, transform = |schema: &mut Schema| add_terms(schema, Scope::$scope))]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            /// Its terms.
            #[schemars(skip)]
            pub terms: Terms,
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Entries;
                impl<'de> Visitor<'de> for Entries {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a mapping with terms")
                    }

                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        let mut out = $name::default();
                        while let Some(key) = map.next_key::<&str>()? {
                            match key {
                                $($key => out.$field = map.next_value()?,)*
                                other => {
                                    if !out.terms.read(Scope::$scope, other, &mut map)? {
                                        map.next_value::<IgnoredAny>()?;
                                    }
                                }
                            }
                        }
                        Ok(out)
                    }
                }
                deserializer.deserialize_map(Entries)
            }
        }
    };
}

with_terms! { Line;
    /// Something that the coop sells or gives; with `includes` it is a package of other offers.
    #[schemars(extend("if" = json!({ "required": ["includes"] }), "then" = json!({ "propertyNames": { "enum": PACKAGE_KEYS } }),
        "else" = json!({ "required": ["item"] })))]
    pub struct Offer {
        /// All codes that it is.
        #[schemars(example = json!(["sku:kraft-box-40x30x20", "cpv:44617100"]))]
        "item" => pub item: Option<At<OneOrMany>>,
        /// The name for people.
        #[schemars(example = &"Kraft box 40 × 30 × 20")]
        "name" => pub name: Scalar,
        /// For whom: a class of `partners`, several, or `anyone`; the manifest's `with` where it is not written.
        #[schemars(example = &"sisters")]
        "with" => pub with: Option<At<OneOrMany>>,
        /// When it can be had; both days are included.
        #[schemars(example = json!({ "from": "2027-01-15", "until": "2027-03-31" }))]
        "valid" => pub valid: Option<At<Window>>,
        /// Words for units that this offer uses, with what one of them is.
        #[schemars(example = json!({ "box": ["1 each", "0.614 kg"] }))]
        "units" => pub units: Named<OneOrMany>,
        /// Terms for a class of partners; the first entry whose class fits replaces the terms that it writes.
        #[schemars(extend("minItems" = 1), example = json!([{ "with": "sisters", "payment_days": { "at_most": "90 days" } }]))]
        "for" => pub r#for: Option<At<Vec<At<ClassEntry>>>>,
        /// Makes it a package: how much of each of our offers it holds, all or nothing.
        #[schemars(extend("minProperties" = 1), example = json!({ "kraft-box": "2000 box", "printing": "8 hour" }))]
        "includes" => pub includes: Named<SmolStr>,
    }
}

with_terms! { Line;
    /// Something that the coop buys or takes.
    pub struct Need {
        /// Codes of what would do, any of them.
        #[schemars(required, example = json!(["hs:4804"]))]
        "item" => pub item: Option<At<OneOrMany>>,
        /// The name for people.
        #[schemars(example = &"Kraft paper, 120 g")]
        "name" => pub name: Scalar,
        /// From whom: a class of `partners`, several, or `anyone`; the manifest's `with` where it is not written.
        #[schemars(example = &"anyone")]
        "with" => pub with: Option<At<OneOrMany>>,
        /// When it is needed; both days are included.
        #[schemars(example = json!({ "from": "2027-01-15", "until": "2027-03-31" }))]
        "valid" => pub valid: Option<At<Window>>,
        /// Words for units that this need uses, with what one of them is.
        #[schemars(example = json!({ "roll": "800 kg" }))]
        "units" => pub units: Named<OneOrMany>,
        /// Terms for a class of partners; the first entry whose class fits replaces the terms that it writes.
        #[schemars(extend("minItems" = 1), example = json!([{ "with": "sisters", "payment_days": { "at_least": "15 days" } }]))]
        "for" => pub r#for: Option<At<Vec<At<ClassEntry>>>>,
        /// Other items that would do as well.
        #[schemars(extend("minItems" = 1), example = json!([{ "item": "hs:4805", "ratio": "1.05", "costs_us": "3 %" }]))]
        "substitutes" => pub substitutes: Option<At<Vec<At<Substitute>>>>,
    }
}

with_terms! { Line;
    /// What holds instead for one class of partners.
    pub struct ClassEntry {
        /// The class of `partners`.
        #[schemars(required, example = &"sisters")]
        "with" => pub with: Scalar,
    }
}

with_terms! { Line;
    /// Terms of a line.
    pub struct LineTerms {}
}

with_terms! { Agreement;
    /// Terms of an agreement as a whole.
    pub struct AgreementTerms {}
}

/// Terms of every line.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Defaults {
    /// Terms of everything that we sell or give.
    #[schemars(example = json!({ "payment_days": { "at_most": "30 days" } }))]
    pub offers: Option<At<LineTerms>>,
    /// Terms of everything that we buy or take.
    #[schemars(example = json!({ "payment_days": { "at_least": "30 days" } }))]
    pub needs: Option<At<LineTerms>>,
}

/// What a package may say: its parts bring their own terms.
const PACKAGE_KEYS: &[&str] = &["name", "includes", "price", "with", "valid"];
