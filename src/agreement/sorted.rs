//! JSON with the fields of each object in the order of their names, written in one go.
//!
//! Fields are put in order where their object ends, in the text itself, so that no tree of values is built of what is
//! already there.

use std::cell::RefCell;
use std::io;
use std::ops::Range;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Whole numbers up to which every one has a double of its own, so that RFC 8785 writes it as it is.
pub(super) const EXACT: u64 = 1 << 53;

/// The text of a value without the named fields of its outermost object; `None` where RFC 8785 asks more than to put fields
/// in order: of names that are not plain ASCII, and of numbers that are no counts.
///
/// # Errors
/// If the value holds something that JSON cannot.
pub(super) fn text(value: &impl Serialize, left_out: &[&str]) -> serde_json::Result<Option<Vec<u8>>> {
    let tape = RefCell::new(Tape { left_out, is_plain: true, ..Tape::default() });
    value.serialize(&mut Serializer::with_formatter(Writer(&tape), InOrder(&tape)))?;
    let tape = tape.into_inner();
    Ok(tape.is_plain.then_some(tape.text))
}

/// What is written, and what of it is open.
#[derive(Default)]
struct Tape<'n> {
    text: Vec<u8>,
    /// Of each open object, where it begins in the text and among the fields.
    objects: Vec<(usize, usize)>,
    fields: Vec<Field>,
    left_out: &'n [&'n str],
    is_plain: bool,
}

/// A field of an open object, by its places in the text.
#[derive(Clone)]
struct Field {
    /// Its name in quotes.
    name: Range<usize>,
    end: usize,
}

impl Tape<'_> {
    fn begin_object(&mut self) {
        self.objects.push((self.text.len(), self.fields.len()));
    }

    fn begin_name(&mut self) {
        let at = self.text.len();
        self.fields.push(Field { name: at..at, end: at });
    }

    fn end_name(&mut self) {
        let end = self.text.len();
        let Some(field) = self.fields.last_mut() else { return };
        field.name.end = end;
        let name = self.text.get(field.name.clone()).unwrap_or_default();
        self.is_plain &= name.iter().all(|byte| byte.is_ascii() && *byte != b'\\');
    }

    fn end_value(&mut self) {
        let end = self.text.len();
        // Fields of what the value holds are gone by now.
        self.fields.last_mut().into_iter().for_each(|field| field.end = end);
    }

    fn end_object(&mut self) {
        let (start, first) = self.objects.pop().unwrap_or_default();
        let is_outermost = self.objects.is_empty();
        let mut fields = self.fields.split_off(first);
        let of = |place: Range<usize>| self.text.get(place).unwrap_or_default();
        fields.sort_by(|a, b| unquoted(of(a.name.clone())).cmp(unquoted(of(b.name.clone()))));
        let mut object = Vec::with_capacity(self.text.len() - start + fields.len() + 1);
        for field in fields {
            let name = unquoted(of(field.name.clone()));
            if is_outermost && self.left_out.iter().any(|left_out| left_out.as_bytes() == name) {
                continue;
            }
            object.push(if object.is_empty() { b'{' } else { b',' });
            object.extend_from_slice(of(field.name.start..field.end));
        }
        if object.is_empty() {
            object.push(b'{');
        }
        object.push(b'}');
        self.text.truncate(start);
        self.text.append(&mut object);
    }
}

fn unquoted(name: &[u8]) -> &[u8] {
    name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")).unwrap_or(name)
}

/// Writes at the end of the tape.
struct Writer<'t, 'n>(&'t RefCell<Tape<'n>>);

impl io::Write for Writer<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Notes where objects, names and values begin and end, and leaves all else as it is.
struct InOrder<'t, 'n>(&'t RefCell<Tape<'n>>);

impl InOrder<'_, '_> {
    /// Writes what RFC 8785 may write in another way.
    fn not_plain<W: ?Sized + io::Write>(&self, writer: &mut W, text: &dyn ToString) -> io::Result<()> {
        self.0.borrow_mut().is_plain = false;
        writer.write_all(text.to_string().as_bytes())
    }
}

impl Formatter for InOrder<'_, '_> {
    fn write_i64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: i64) -> io::Result<()> {
        self.not_plain(writer, &value)
    }

    fn write_i128<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: i128) -> io::Result<()> {
        self.not_plain(writer, &value)
    }

    fn write_u64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: u64) -> io::Result<()> {
        self.0.borrow_mut().is_plain &= value <= EXACT;
        writer.write_all(value.to_string().as_bytes())
    }

    fn write_u128<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: u128) -> io::Result<()> {
        self.not_plain(writer, &value)
    }

    fn write_f32<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        self.not_plain(writer, &value)
    }

    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        self.not_plain(writer, &value)
    }

    fn write_number_str<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: &str) -> io::Result<()> {
        self.not_plain(writer, &value)
    }

    fn write_raw_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        self.not_plain(writer, &fragment)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.0.borrow_mut().begin_object();
        Ok(())
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, _: &mut W, _first: bool) -> io::Result<()> {
        self.0.borrow_mut().begin_name();
        Ok(())
    }

    fn end_object_key<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.0.borrow_mut().end_name();
        Ok(())
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.0.borrow_mut().end_value();
        Ok(())
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.0.borrow_mut().end_object();
        Ok(())
    }
}
