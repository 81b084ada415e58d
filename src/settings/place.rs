//! Names of files and folders as text: where they lie from one another. Nothing is looked up.

/// The name of a file or folder from the top, without `.` and `..`; `here` is the folder in which the command runs.
pub fn absolute(here: &str, name: &str) -> String {
    let whole = if name.starts_with('/') { name.to_owned() } else { format!("{here}/{name}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    format!("/{}", steps.join("/"))
}

/// The folder around a file or folder that is named from the top.
pub fn above(path: &str) -> Option<&str> {
    match path.rsplit_once('/')? {
        ("", "") => None,
        ("", _) => Some("/"),
        (folder, _) => Some(folder),
    }
}

/// The name of a file in a folder.
pub fn inside(folder: &str, name: &str) -> String {
    format!("{}/{name}", folder.trim_end_matches('/'))
}

/// How a file is called from a folder that it lies in or below.
pub fn below<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    let folder = folder.trim_end_matches('/');
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// How a file is called from the folder in which the command runs.
pub fn from_here(here: &str, path: &str) -> String {
    let (mut at, mut up) = (here, String::new());
    loop {
        if let Some(name) = below(at, path) {
            return format!("{up}{name}");
        }
        match above(at) {
            Some(folder) => at = folder,
            None => return path.to_owned(),
        }
        up.push_str("../");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_the_top_have_no_detours() {
        assert_eq!(absolute("/a/b", "c/./d.yaml"), "/a/b/c/d.yaml");
        assert_eq!(absolute("/a/b", "../../../x"), "/x");
        assert_eq!(absolute("/", "a/../b"), "/b");
        assert_eq!(absolute("/a", "/b/c"), "/b/c");
        assert_eq!(absolute("/a", "."), "/a");
    }

    #[test]
    fn one_goes_up_to_the_top_and_no_further() {
        let mut at = "/a/b/c.yaml";
        let mut seen = Vec::new();
        while let Some(folder) = above(at) {
            seen.push(folder);
            at = folder;
        }
        assert_eq!(seen, ["/a/b", "/a", "/"]);
    }

    #[test]
    fn a_file_is_called_as_one_would_type_it() {
        assert_eq!(from_here("/a/b", "/a/b/.clm.toml"), ".clm.toml");
        assert_eq!(from_here("/a/b", "/a/.clm.toml"), "../.clm.toml");
        assert_eq!(from_here("/a/b", "/x/y"), "../../x/y");
        assert_eq!(from_here("/", "/x/y"), "x/y");
        assert_eq!(below("/a", "/ab/c"), None);
    }
}
