using System.Reflection;
using System.Text.RegularExpressions;
using FlickStream.Ingest;
using FlickStream.Platform.Problems;

namespace FlickStream.Standalone.Tests.Masters;

/// <summary>What studios read of masters is all that the matrix shows and all that inspection refuses. It reads the sources, so packed tests
/// leave it out.</summary>
[Trait("Needs", "sources")]
public sealed partial class MastersDocumentTests
{
    private static readonly string Document = File.ReadAllText(Harness.Repository.Path("docs", "masters.md"));

    [Fact]
    public void Every_kind_of_master_in_the_matrix_is_explained()
    {
        var explained = FirstCell().Matches(Document).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Empty(MasterTable.All.Select(master => master.Kind).Where(kind => kind != "Refused").Distinct().Except(explained));
    }

    [Fact]
    public void What_a_run_of_the_tests_leaves_out_is_in_the_matrix() => Assert.Empty(MasterTable.Relatives.Except(MasterTable.All.Select(master => master.Name)));

    [Theory]
    [InlineData("InspectionProblems")]
    [InlineData("InspectionNotices")]
    public void Every_code_is_explained(string table)
    {
        var codes = typeof(IngestService).Assembly.GetType($"FlickStream.Ingest.Inspection.{table}", throwOnError: true)!
            .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(field => field.GetValue(null)).OfType<Problem>().Select(problem => problem.Code).ToList();
        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.Contains($"`{code}`", Document, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| ([^|`]+?) \|", RegexOptions.Multiline)]
    private static partial Regex FirstCell();
}
