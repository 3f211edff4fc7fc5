namespace FlickStream.Standalone.Tests.Fuzzing;

/// <summary>A box, an element or a chunk of a container: its name, the bytes that come first in it, and then its parts. It is written with the
/// right size unless it claims another.</summary>
internal sealed class Part(byte[] name, byte[] body, List<Part>? parts)
{
    public byte[] Name { get; } = name;

    public byte[] Body { get; set; } = body;

    /// <summary>Null when nothing is known to be in it.</summary>
    public List<Part>? Parts { get; } = parts;

    /// <summary>The size that is written instead of the right one, as the container counts it.</summary>
    public ulong? Claim { get; set; }

    public string NameText { get; } = System.Text.Encoding.Latin1.GetString(name);

    public IEnumerable<Part> WithAllBelow() => (Parts ?? []).SelectMany(part => part.WithAllBelow()).Prepend(this);
}

/// <summary>How one family of containers nests its parts.</summary>
internal abstract class Nesting
{
    public static Nesting? Of(string container) => container switch
    {
        "mp4" or "mov" or "m4a" => new Boxes(),
        "mkv" or "webm" => new Elements(),
        "avi" => new Chunks(),
        _ => null,
    };

    /// <summary>The whole file as one part without a name.</summary>
    public Part Read(byte[] file) => new([], [], ReadParts(file));

    public byte[] Write(Part file)
    {
        using var bytes = new MemoryStream();
        foreach (var part in file.Parts!) WritePart(part, bytes);
        return bytes.ToArray();
    }

    /// <summary>Parts within parts. Not by calls within calls, which would end this program before any other.</summary>
    public byte[] Nest(int depth)
    {
        var prefix = new byte[PrefixOf(System.Text.Encoding.Latin1.GetString(Nestable)) ?? 0];
        var (heads, inside) = (new List<byte[]>(), 0);
        for (; depth > 0; depth--)
        {
            heads.Add([.. HeadOf(new Part(Nestable, prefix, []), inside + prefix.Length), .. prefix]);
            inside += heads[^1].Length;
        }

        return [.. Enumerable.Reverse(heads).SelectMany(head => head)];
    }

    /// <summary>The name of a part that holds others of its kind.</summary>
    protected abstract byte[] Nestable { get; }

    /// <summary>Length of what precedes the parts in a part of this name; null when it holds none.</summary>
    protected abstract int? PrefixOf(string name);

    /// <summary>Null at what is no part.</summary>
    protected abstract (int NameLength, int HeadLength, long Size)? ReadHead(ReadOnlySpan<byte> bytes);

    protected abstract byte[] HeadOf(Part part, int content);

    protected virtual int PaddingOf(int content) => 0;

    private List<Part> ReadParts(ReadOnlySpan<byte> bytes)
    {
        var parts = new List<Part>();
        while (bytes.Length > 0)
        {
            if (ReadHead(bytes) is not var (nameLength, headLength, size) || size > bytes.Length - headLength)
            {
                // Kept as a part without a head, so that the rest of the file stays what it was.
                parts.Add(new Part([], bytes.ToArray(), null));
                break;
            }

            var name = NameIn(bytes, nameLength);
            var content = bytes.Slice(headLength, (int)size);
            parts.Add(PrefixOf(System.Text.Encoding.Latin1.GetString(name)) is { } prefix && prefix <= content.Length
                ? new Part(name, content[..prefix].ToArray(), ReadParts(content[prefix..]))
                : new Part(name, content.ToArray(), null));
            bytes = bytes[Math.Min(bytes.Length, headLength + (int)size + PaddingOf((int)size))..];
        }

        return parts;
    }

    protected virtual byte[] NameIn(ReadOnlySpan<byte> bytes, int length) => bytes[..length].ToArray();

    private void WritePart(Part part, MemoryStream into)
    {
        using var content = new MemoryStream();
        content.Write(part.Body);
        foreach (var inner in part.Parts ?? []) WritePart(inner, content);
        if (part.Name.Length > 0) into.Write(HeadOf(part, (int)content.Length));
        content.WriteTo(into);
        into.Write(new byte[part.Name.Length > 0 ? PaddingOf((int)content.Length) : 0]);
    }
}
