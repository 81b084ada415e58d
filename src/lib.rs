//! The toolchain of the Cooperation License Manifest.
//!
//! A coop publishes a *manifest*: to whom it grants which operations, what it offers and needs, on which terms. This
//! library reads manifests, checks them, computes whether two of them can deal and on which terms, and drafts the
//! contract. Start with [`session`]; the layers are drawn in `tests/it/architecture.rs`, which also enforces them.
//!
//! ```
//! use clm::negotiate::Explain;
//! use clm::session::{Negotiated, Session};
//! use clm::world::Memory;
//!
//! let mill = "
//! clm: 1
//! coop: { id: https://mill.example, name: The Mill, legal_form: producer, place: { country: US } }
//! with: anyone
//! offers:
//!   flour: { item: cpv:15612000, price: 0.80 USD/kg }
//! ";
//! let bakery = "
//! clm: 1
//! coop: { id: https://bakery.example, name: The Bakery, legal_form: worker, place: { country: US } }
//! needs:
//!   flour: { item: cpv:15612000, volume: 100 kg per week, price: { at_most: 0.90 USD/kg } }
//! ";
//! let world = Memory::of(&[("mill.clm.yaml", mill), ("bakery.clm.yaml", bakery)]);
//! let Negotiated::Done(outcome, _) = Session::new(world).negotiate("mill.clm.yaml", "bakery.clm.yaml", Explain::Failures)
//! else {
//!     panic!("both are valid");
//! };
//! let agreement = outcome.agreement.expect("the bakery pays what the mill asks");
//! assert_eq!(agreement.lines[0].quantity, "100 kg");
//! assert_eq!(agreement.lines[0].price.as_ref().and_then(|price| price.total.as_deref()), Some("80.00 USD"));
//! ```

pub mod agreement;
pub mod baseline;
pub mod by_name;
pub mod catalog;
pub mod certificate;
pub mod cli;
pub mod compare;
pub mod compose;
pub mod contract;
pub mod diagnostic;
pub mod domain;
pub mod fix;
pub mod format;
pub mod host;
pub mod i18n;
pub mod input;
pub mod lint;
pub mod manifest;
pub mod market;
pub mod near;
pub mod negotiate;
pub mod proof;
pub mod reading;
pub mod report;
pub mod schema;
pub mod session;
pub mod settings;
pub mod source;
pub mod syntax;
pub mod value;
pub mod vocab;
pub mod world;
