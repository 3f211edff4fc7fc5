using Xunit.Sdk;
using Xunit.v3;

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>Begins with what takes longest, so that at the end no core waits for a class that began last.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // Of collections and classes, those first that take minutes.
    private static readonly string[] Long =
    [
        WithReadyTitle.Name, WithAnotherTitle.Name, ".MasterTests ", ".CrashTests ", ".ProtectedTitleTests ", ".ChaosTests ", ".FuzzTests ", ".StopTests ",
        ".DemoTests ", ".LongTitleTests ",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(PlaceOf)];

    private static int PlaceOf<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var place = Array.FindIndex(Long, name => IsNamed(collection.TestCollectionDisplayName, name));
        return place < 0 ? Long.Length : place;
    }

    // A class that is a collection of its own has its name in the collection's.
    private static bool IsNamed(string collection, string name) =>
        name[0] == '.' ? collection.Contains(name, StringComparison.Ordinal) : collection == name;
}
